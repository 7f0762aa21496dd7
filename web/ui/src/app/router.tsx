import { createBrowserRouter, Navigate, type RouteObject } from 'react-router';
import { LoginPage } from '../features/session/LoginPage';
import { SessionGate } from '../features/session/SessionGate';
import { HomePage } from '../features/workspace/HomePage';
import { SettingsPage } from '../features/workspace/SettingsPage';
import { WorkspaceFrame } from '../features/workspace/WorkspaceFrame';
import { RouteError } from './RouteError';
import { NotFoundPage } from './NotFoundPage';

/** The whole site. Every object has an address; filters live in the query. */
export const routes: RouteObject[] = [
  { path: '/login', element: <LoginPage /> },
  {
    element: <SessionGate />,
    errorElement: <RouteError />,
    hydrateFallbackElement: <div />,
    children: [
      { path: '/', element: <HomePage /> },
      {
        path: '/w/:workspace',
        element: <WorkspaceFrame />,
        children: [
          { index: true, element: <Navigate to="studio" replace /> },
          {
            path: 'studio',
            lazy: { Component: async () => (await import('../features/studio/StudioPage')).StudioPage },
            children: [
              { index: true, lazy: { Component: async () => (await import('../features/studio/StudioHome')).StudioHome } },
              { path: 'nodes/:node', lazy: { Component: async () => (await import('../features/node/NodePage')).NodePage } },
              {
                path: 'workflows/:workflow',
                lazy: { Component: async () => (await import('../features/studio/WorkflowPage')).WorkflowPage },
              },
            ],
          },
          {
            path: 'deployments',
            lazy: { Component: async () => (await import('../features/deployment/DeploymentsPage')).DeploymentsPage },
            children: [
              {
                path: ':id',
                lazy: { Component: async () => (await import('../features/deployment/DeploymentDrawer')).DeploymentDrawer },
              },
            ],
          },
          {
            path: 'ops',
            lazy: { Component: async () => (await import('../features/overview/OperationCenter')).OperationCenter },
            children: [
              { index: true, lazy: { Component: async () => (await import('../features/overview/OverviewPage')).OverviewPage } },
              { path: 'nodes', lazy: { Component: async () => (await import('../features/node/DeployedNodesPage')).DeployedNodesPage } },
              {
                path: 'instances',
                lazy: { Component: async () => (await import('../features/instance/InstancesPage')).InstancesPage },
                children: [
                  { path: ':id', lazy: { Component: async () => (await import('../features/instance/InstanceDrawer')).InstanceDrawer } },
                ],
              },
              {
                path: 'backfills',
                lazy: { Component: async () => (await import('../features/backfill/BackfillsPage')).BackfillsPage },
                children: [
                  { path: ':id', lazy: { Component: async () => (await import('../features/backfill/BackfillDrawer')).BackfillDrawer } },
                ],
              },
              { path: 'late', lazy: { Component: async () => (await import('../features/late/LatePage')).LatePage } },
              {
                path: 'groups',
                lazy: { Component: async () => (await import('../features/resourcegroup/ResourceGroupsPage')).ResourceGroupsPage },
              },
            ],
          },
          {
            path: 'sources',
            lazy: { Component: async () => (await import('../features/datasource/DataSourcesPage')).DataSourcesPage },
            children: [
              { path: ':name', lazy: { Component: async () => (await import('../features/datasource/DataSourceDrawer')).DataSourceDrawer } },
            ],
          },
          { path: 'settings', element: <SettingsPage /> },
          { path: '*', element: <NotFoundPage /> },
        ],
      },
      { path: '*', element: <NotFoundPage /> },
    ],
  },
];

export const router = createBrowserRouter(routes);
